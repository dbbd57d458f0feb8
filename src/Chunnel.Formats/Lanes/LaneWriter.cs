using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Writes the texts of one column. One call a batch; the loop inside sees one type.</summary>
/// <param name="nullText">What a null is written as.</param>
internal abstract class LaneWriter(byte[] nullText)
{
    protected byte[] NullText { get; } = nullText;

    /// <summary>Fills the lane with a text for every row. It may show bytes of the column instead of copying them.</summary>
    public abstract void Write(in LaneRows rows, TextLane lane);

    /// <summary>A writer for values whose text needs no quotes or escapes; the plain one for all that has no fast form.</summary>
    public static LaneWriter For(DataType type, TextFormat format, byte[] nullText, bool fast) => type.Kind switch
    {
        TypeKind.TinyInt when fast => new IntLane<sbyte>(nullText),
        TypeKind.SmallInt when fast => new IntLane<short>(nullText),
        TypeKind.Int when fast => new IntLane<int>(nullText),
        TypeKind.BigInt when fast => new IntLane<long>(nullText),
        TypeKind.Double when fast => new DoubleLane(nullText),
        _ => new PlainLane(format, nullText),
    };
}
