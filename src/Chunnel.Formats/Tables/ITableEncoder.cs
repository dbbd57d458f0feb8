using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>
/// Turns batches into the bytes of one file. The caller owns the writer, hands on what stands in it and clears it whenever it likes.
/// The order is <see cref="Begin"/>, any number of <see cref="Write"/>, <see cref="End"/>; then a new file may begin.
/// </summary>
public interface ITableEncoder
{
    /// <summary>What stands before the first row: a header line, if asked for.</summary>
    void Begin(ByteWriter to);

    /// <summary>The selected rows of a batch. The batch stays its owner's.</summary>
    /// <exception cref="ChunnelException">A value has no text in this format: the text names the row and the column.</exception>
    void Write(ColumnBatch batch, ByteWriter to);

    /// <summary>What stands behind the last row.</summary>
    void End(ByteWriter to);
}
