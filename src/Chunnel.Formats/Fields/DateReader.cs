using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Days as yyyy-MM-dd, quoted or not.</summary>
internal sealed unsafe class DateReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var values = ((FixedBuilder<int>)to).Values;
        var quote = context.Rules.Quote;
        for (var row = 0; row < fields.Rows; row++)
        {
            var place = fields[row];
            var quoted = bytes[place.Start] == quote ? 1 : 0;
            if (FastParse.TryDate(bytes + place.Start + quoted, place.Length - 2 * quoted, out var days)) values[row] = days;
            else context.Read(bytes, place, to, row, this);
        }
    }
}
