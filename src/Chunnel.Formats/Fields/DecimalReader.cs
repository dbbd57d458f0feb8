using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Exact numbers of up to 18 digits; a text with fewer places than the type is shown with its own.</summary>
internal sealed unsafe class DecimalReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var builder = (DecimalBuilder)to;
        var values = builder.Values;
        var (precision, scale) = (builder.Type.Precision, builder.Type.Scale);
        for (var row = 0; row < fields.Rows; row++)
        {
            var place = fields[row];
            if (FastParse.TryDecimal(bytes + place.Start, place.Length, precision, scale, out var value, out var places))
            {
                values[row] = value;
                if (places != scale) builder.ShownScale[row] = (sbyte)places;
            }
            else
            {
                context.Read(bytes, place, to, row, this);
            }
        }
    }
}
