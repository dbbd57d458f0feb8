using Chunnel.Core;

namespace Chunnel.Connectors.Files;

/// <summary>The codes of the file connectors, with SeaTunnel's numbers and words (spec connectors.md 6.3).</summary>
public static class FileErrors
{
    public static readonly ErrorCode TypeInvalid = new("FILE-01", "File type is invalid");
    public static readonly ErrorCode DeserializeFailed = new("FILE-02", "Data deserialization failed");
    public static readonly ErrorCode ListFailed = new("FILE-03", "Get file list failed");
    public static readonly ErrorCode ListEmpty = new("FILE-04", "File list is empty");
    public static readonly ErrorCode CommitFailed = new("FILE-05", "Aggregate committer error", Blame.World, Retry.Later);
    public static readonly ErrorCode FormatNotSupported = new("FILE-07", "Format not support");
    public static readonly ErrorCode ReadFailed = new("FILE-08", "File read failed", Blame.World, Retry.Later);
    public static readonly ErrorCode BinaryOrder = new("FILE-09", "Binary file fragment order abnormality");
}
