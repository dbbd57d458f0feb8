using Chunnel.Core;

namespace Chunnel.Formats;

internal sealed unsafe class FloatReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var values = ((FixedBuilder<float>)to).Values;
        for (var row = 0; row < fields.Rows; row++)
        {
            var place = fields[row];
            if (FastParse.TryFloat(bytes + place.Start, place.Length, out var value)) values[row] = value;
            else context.Read(bytes, place, to, row, this);
        }
    }
}
