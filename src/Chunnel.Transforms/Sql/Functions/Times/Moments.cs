using Chunnel.Core;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>Dates, times of day or timestamps of a column, taken apart row by row.</summary>
internal readonly ref struct Moments
{
    private readonly ReadOnlySpan<int> _days;
    private readonly ReadOnlySpan<long> _nanosOfDay;
    private readonly ReadOnlySpan<long> _micros;
    private readonly ReadOnlySpan<short> _nanos;
    private readonly ReadOnlySpan<short> _offsets;
    private readonly TypeKind _kind;

    public Moments(Column column)
    {
        _kind = column.Type.Kind;
        if (column is TimestampColumn timestamps)
        {
            _micros = timestamps.Micros;
            _nanos = timestamps.Nanos;
            _offsets = timestamps.OffsetMinutes;
        }
        else if (_kind == TypeKind.Date) _days = ((FixedColumn<int>)column).Values;
        else _nanosOfDay = ((FixedColumn<long>)column).Values;
    }

    /// <summary>True for the infinities that PostgreSQL has among its timestamps: they have no parts.</summary>
    public bool IsInfinite(int row) => !_micros.IsEmpty && _micros[row] is TimestampColumn.PositiveInfinity or TimestampColumn.NegativeInfinity;

    /// <summary>The parts; those that the type lacks are 1970-01-01 and 00:00. An instant is shown at its offset.</summary>
    public CivilTime this[int row] => _kind switch
    {
        TypeKind.Date => CivilTime.FromDays(_days[row]),
        TypeKind.Time => CivilTime.FromNanosOfDay(_nanosOfDay[row]),
        TypeKind.TimestampTz => CivilTime.FromInstant(_micros[row], NanosOf(row), _offsets.IsEmpty ? 0 : _offsets[row]),
        _ => CivilTime.FromMicros(_micros[row], NanosOf(row)),
    };

    /// <summary>The day since 1970-01-01, at the value's own offset.</summary>
    public long DayAt(int row) => _kind switch
    {
        TypeKind.Date => _days[row],
        TypeKind.Time => 0,
        TypeKind.Timestamp => FloorOf(_micros[row]),
        _ => this[row].ToDays(),
    };

    private static long FloorOf(long micros) => micros / CivilTime.MicrosPerDay - (micros % CivilTime.MicrosPerDay < 0 ? 1 : 0);

    private int NanosOf(int row) => _nanos.IsEmpty ? 0 : _nanos[row];
}
