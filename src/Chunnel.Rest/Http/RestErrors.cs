using Chunnel.Core;

namespace Chunnel.Rest;

public static class RestErrors
{
    public static readonly ErrorCode PortTaken = new("CHUNNEL-34", "HTTP port not available", Blame.World, Retry.Later);
    public static readonly ErrorCode KeyStoreWrong = new("CHUNNEL-35", "Store of certificates or keys not usable");
}
