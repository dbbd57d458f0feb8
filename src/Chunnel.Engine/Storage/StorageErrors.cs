using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>The codes of what is kept: control log and checkpoints.</summary>
public static class StorageErrors
{
    public static readonly ErrorCode OutOfReach = new("CHUNNEL-60", "Storage out of reach", Blame.World, Retry.Later);

    public static readonly ErrorCode OutcomeUnknown = new("CHUNNEL-61", "Storage did not say whether it wrote", Blame.World, Retry.Later);

    public static readonly ErrorCode Corrupt = new("CHUNNEL-62", "Stored state is damaged", Blame.World);

    public static readonly ErrorCode Fenced = new("CHUNNEL-63", "Another node has taken the control log over", Blame.World);

    public static readonly ErrorCode LogClosed = new("CHUNNEL-64", "The control log is closed", Blame.World, Retry.Later);
}
