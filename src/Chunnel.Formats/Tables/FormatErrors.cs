using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>What goes wrong between bytes and rows, with the numbers and words of SeaTunnel's file connectors where it has them.</summary>
public static class FormatErrors
{
    /// <summary>A row or value that cannot be read.</summary>
    public static readonly ErrorCode BadData = new("FILE-02", "Data deserialization failed");

    /// <summary>A file that does not fit the table as a whole: its header, its encoding, its compression.</summary>
    public static readonly ErrorCode BadFile = new("FILE-08", "File read failed");

    /// <summary>A value that the format cannot hold.</summary>
    public static readonly ErrorCode BadValue = CommonErrors.UnsupportedOperation;
}
