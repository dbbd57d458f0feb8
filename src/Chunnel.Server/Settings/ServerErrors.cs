using Chunnel.Core;

namespace Chunnel.Server;

public static class ServerErrors
{
    public static readonly ErrorCode SettingsWrong = new("CHUNNEL-36", "The node's settings are wrong");

    public static readonly ErrorCode StorageTaken = new("CHUNNEL-68", "The node's storage is not to be had");

    public static readonly ErrorCode LogLost = new("CHUNNEL-69", "The node has lost its control log");
}
