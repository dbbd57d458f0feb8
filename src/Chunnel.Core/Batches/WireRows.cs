namespace Chunnel.Core;

/// <summary>
/// Rows in the form in which a wire brought them, for a sink that speaks the same wire and sends them on without a look at any value. Whoever asks
/// their batch for a column has them decoded. Held and let go like a block; nothing of them changes.
/// </summary>
public abstract class WireRows
{
    /// <summary>At most <see cref="ColumnBatch.MostRows"/>.</summary>
    public abstract int Rows { get; }

    /// <summary>Bytes on the wire.</summary>
    public abstract int Bytes { get; }

    /// <summary>What <see cref="Core.RowSize"/> says of their columns.</summary>
    public abstract long RowSize { get; }

    /// <summary>All columns, one hold on each the caller's. Two owners may ask at the same time.</summary>
    public abstract Column[] Decode();

    /// <summary>One column of the last row alone, the caller's.</summary>
    public abstract Column DecodeLast(int column);

    public abstract void Retain();

    public abstract void Release();
}
