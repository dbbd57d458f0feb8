using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Turns one column of a grid's fields into values. One call a batch; the loop inside sees one type.</summary>
/// <param name="field">The field's number within a row.</param>
/// <param name="column">The column's number within the table.</param>
/// <param name="definition">Its name and type.</param>
internal abstract unsafe class FieldReader(int field, int column, ColumnDef definition)
{
    public int Field { get; } = field;

    public int Column { get; } = column;

    public ColumnDef Definition { get; } = definition;

    /// <summary>Fills the builder's first rows.</summary>
    public abstract void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context);

    /// <summary>A reader for the column's type; the plain one for all that has no fast form, and for all when fast loops are off.</summary>
    public static FieldReader For(int field, int column, ColumnDef definition, FieldRules rules, bool fast)
    {
        var plainTimes = fast && rules.TakesIsoTimes;
        return definition.Type.Kind switch
        {
            TypeKind.Boolean when fast => new BoolReader(field, column, definition),
            TypeKind.TinyInt when fast => new IntReader<sbyte>(field, column, definition),
            TypeKind.SmallInt when fast => new IntReader<short>(field, column, definition),
            TypeKind.Int when fast => new IntReader<int>(field, column, definition),
            TypeKind.BigInt when fast => new IntReader<long>(field, column, definition),
            TypeKind.Float when fast => new FloatReader(field, column, definition),
            TypeKind.Double when fast => new DoubleReader(field, column, definition),
            TypeKind.Decimal when fast => new DecimalReader(field, column, definition),
            TypeKind.Date when plainTimes => new DateReader(field, column, definition),
            TypeKind.Timestamp when plainTimes => new TimestampReader(field, column, definition),
            TypeKind.String when fast => rules.TextReader(field, column, definition),
            _ => new PlainReader(field, column, definition),
        };
    }
}
