using Chunnel.Core;

namespace Chunnel.Engine;

/// <summary>The engine's own codes.</summary>
public static class EngineErrors
{
    public static readonly ErrorCode CommitFailed = new("CHUNNEL-02", "Aggregate commit error.", Blame.World, Retry.Later);

    public static readonly ErrorCode AlreadySubmitted = new("CHUNNEL-03", "Job id already used");

    public static readonly ErrorCode GuaranteeNotKept = new("CHUNNEL-05", "Required guarantee not kept");

    public static readonly ErrorCode PreviewFailed = new("CHUNNEL-06", "Preview failed");

    public static readonly ErrorCode TooManyRefused = new("CHUNNEL-07", "Too many rows refused");

    public static readonly ErrorCode GoingDown = new("CHUNNEL-04", "Node going down", Blame.World, Retry.Later);
}
