// Races that ThreadSanitizer reports inside gRPC's own headers: they are compiled
// with us, but what orders them is in gRPC's library, which is not instrumented.
//
// `race` holds for a report with the frame anywhere in its stacks, so it names only
// what calls no code of ours; what calls our reactors (the tags' Run, the lambdas,
// CallbackRequest) must never be named so, or races of our own would be hidden.
// `race_top` holds for what a function touches itself.
//
// TSAN_OPTIONS=print_suppressions=1 says which are needed still.
#ifdef PORTICO_TSAN

// Part of ThreadSanitizer's public interface; called before main.
extern "C" const char* __tsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __tsan_default_suppressions() {
  return
      // One operation's parts: filled by who starts it, read when it is done.
      "race:grpc::internal::CallOp\n"
      "race:grpc::internal::InterceptorBatchMethodsImpl\n"
      "race:grpc::internal::CallbackWithSuccessTag::Set(\n"
      // A server's call takes over what the reactor had asked for before it was bound.
      "race:grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>::InternalBindStream(\n"
      // A client's call is made by one thread; its first answer comes on another.
      "race:grpc::internal::ClientCallbackReaderWriterFactory<\n"
      "race:grpc::internal::ClientCallbackUnaryFactory::Create<\n"
      // The client's call looks up the reactor's virtual functions.
      "race_top:^grpc::internal::ClientCallbackReaderWriterImpl<\n"
      "race_top:^grpc::internal::ClientCallbackUnaryImpl::\n";
}

#endif  // PORTICO_TSAN
