using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Formats;

/// <summary>What every decoder of a stream is told, whatever the format.</summary>
public sealed record DecodeRequest
{
    /// <summary>What to call the data in errors: a path, usually.</summary>
    public required string File { get; init; }

    /// <summary>The table to fill; its batches carry this object.</summary>
    public required TableSchema Schema { get; init; }

    public required BatchMemory Memory { get; init; }

    /// <summary>The most rows of a batch.</summary>
    public int BatchRows { get; init; } = ColumnBatch.AimRows;

    /// <summary>Where to begin. The stream stands at its byte offset already when the data is in UTF-8 and not compressed
    /// (<see cref="StreamIsAtStart"/>); else the decoder leaves so many bytes out.</summary>
    public DataPosition Start { get; init; }

    /// <summary>True when the first byte of the stream is the one at the start's offset.</summary>
    public bool StreamIsAtStart { get; init; } = true;

    /// <summary>Rows that begin at this offset or behind it belong to somebody else.</summary>
    public long EndOffset { get; init; } = long.MaxValue;

    /// <summary>How many bytes are read at once. Tests take few, so that every border of the window is met.</summary>
    internal int WindowBytes { get; init; } = InputBuffer.UsualBytes;

    /// <summary>What to do with a row that cannot be read.</summary>
    public BadRows BadRows { get; init; } = BadRows.Fail;

    /// <summary>What to do with a decimal of more places than its column has.</summary>
    public PrecisionLoss PrecisionLoss { get; init; } = PrecisionLoss.Warn;

    /// <summary>Is told of every row left out.</summary>
    public Action<SkippedRow> Skipped { get; init; } = _ => { };

    /// <summary>Takes rows that cannot be read, where they are not simply left out.</summary>
    public IRowRefusals Refusals { get; init; } = NoRefusals.Allowed;

    /// <summary>True when nothing is read behind the first bad row.</summary>
    internal bool EndsAtBadRow => BadRows == BadRows.Fail && Refusals.EndsJob;
}

/// <summary>What happens to rows that cannot be read: too many or too few fields, bad quotes, values that do not fit.</summary>
public enum BadRows
{
    /// <summary>The row is refused: the job fails, and the error names the place, unless it takes refused rows.</summary>
    Fail,

    /// <summary>The row is left out, counted and reported.</summary>
    Skip,
}
