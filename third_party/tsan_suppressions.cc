// Races that ThreadSanitizer reports inside gRPC's own headers: they are compiled
// with us, but what orders them is in gRPC's library, which is not instrumented.
// The frames named here are gRPC's alone: none of them has a callback of ours above it.
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
         "race:grpc::Server::CallbackRequest\n"
         "race:CallbackReaderWriterImpl\n";
}

#endif  // __SANITIZE_THREAD__
