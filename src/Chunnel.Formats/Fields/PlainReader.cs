using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Any type, value by value: the plain twin of all the other readers.</summary>
internal sealed unsafe class PlainReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        for (var row = 0; row < fields.Rows; row++) context.Read(bytes, fields[row], to, row, this);
    }
}
