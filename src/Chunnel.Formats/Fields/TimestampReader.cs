using Chunnel.Core;

namespace Chunnel.Formats;

/// <summary>Local timestamps in the ISO layout, with a blank or a T, quoted or not.</summary>
internal sealed unsafe class TimestampReader(int field, int column, ColumnDef definition) : FieldReader(field, column, definition)
{
    public override void Read(byte* bytes, FieldGrid grid, ColumnBuilder to, FieldContext context)
    {
        var fields = grid.Column(Field);
        var builder = (TimestampBuilder)to;
        var values = builder.Micros;
        var quote = context.Rules.Quote;
        for (var row = 0; row < fields.Rows; row++)
        {
            var place = fields[row];
            var quoted = bytes[place.Start] == quote ? 1 : 0;
            if (FastParse.TryTimestamp(bytes + place.Start + quoted, place.Length - 2 * quoted, out var micros, out var nanos))
            {
                values[row] = micros;
                if (nanos != 0) builder.Nanos[row] = nanos;
            }
            else
            {
                context.Read(bytes, place, to, row, this);
            }
        }
    }
}
