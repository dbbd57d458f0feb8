using Chunnel.Core;
using Chunnel.Formats;

namespace Chunnel.Connectors.Files;

/// <summary>The codes of the file connectors, with SeaTunnel's numbers and words (spec connectors.md 6.3), beside <see cref="FormatErrors"/>.</summary>
public static class FileErrors
{
    public static readonly ErrorCode ListFailed = new("FILE-03", "Get file list failed");
    public static readonly ErrorCode CommitFailed = new("FILE-05", "Aggregate committer error", Blame.World, Retry.Later);
    public static readonly ErrorCode FormatNotSupported = new("FILE-07", "Format not support");
}
