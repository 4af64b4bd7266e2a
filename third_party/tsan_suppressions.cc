// Races that ThreadSanitizer reports inside gRPC's own headers: they are compiled
// with us, but what orders them is in gRPC's library, which is not instrumented.
// The frames named here are what our code calls; what calls our reactors (SetupReactor's
// lambdas, CallbackRequest) must never be named, or races of our own would be hidden.
#ifdef __SANITIZE_THREAD__

// Part of ThreadSanitizer's public interface; called before main.
extern "C" const char* __tsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __tsan_default_suppressions() {
  return "race_top:^grpc::\n"
         "race_top:^grpc_\n"
         "race_top:grpc::internal::\n"
         "race_top:grpc::ByteBuffer\n"
         "race:grpc::internal::CallOp\n"
         "race:grpc::internal::InterceptorBatchMethodsImpl\n"
         "race:grpc::internal::CallbackUnaryCallImpl\n"
         "race:grpc::internal::CallbackWithStatusTag\n"
         "race:CallbackWithSuccessTag::Set\n"
         "race:ServerCallbackReaderWriterImpl::Finish(\n"
         "race:ServerCallbackReaderWriterImpl::Write(\n"
         "race:ServerCallbackReaderWriterImpl::WriteAndFinish(\n"
         "race:ServerCallbackReaderWriterImpl::Read(\n"
         "race:ServerCallbackReaderWriterImpl::SendInitialMetadata(\n"
         "race:ClientCallbackReaderWriterImpl<grpc::ByteBuffer, grpc::ByteBuffer>::StartCall(\n";
}

#endif  // __SANITIZE_THREAD__
