using Chunnel.Core;

namespace Chunnel.Connectors.Jdbc;

/// <summary>Turns noted rows of a table into values, column by column. For one thread.</summary>
internal sealed unsafe class PgRowDecoder(TableSchema table, Looseness looseness)
{
    private readonly PgDecoder[] _decoders = [.. table.Columns.Select(column => PgDecoder.For(column.Type, looseness))];

    /// <param name="grid">Where the fields stand.</param>
    /// <param name="data">What their places count from.</param>
    /// <param name="to">Takes the values.</param>
    /// <param name="at">The row of the builder that the first one goes to.</param>
    /// <param name="firstRow">Number, within the table, of the builder's first row.</param>
    public void Decode(FieldGrid grid, byte* data, BatchBuilder to, int at, long firstRow)
    {
        for (var i = 0; i < _decoders.Length; i++)
        {
            _decoders[i].Decode(grid.Column(i), data, to[i], at, new PgPlace(table, table.Columns[i], firstRow + at));
        }
    }
}
