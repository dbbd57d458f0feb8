using Chunnel.Core;

namespace Chunnel.Server;

public static class ServerErrors
{
    public static readonly ErrorCode SettingsWrong = new("CHUNNEL-31", "The node's settings are wrong");
}
