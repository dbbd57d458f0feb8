using Chunnel.Core;
using Chunnel.Transforms.Sql.Programs;

namespace Chunnel.Transforms.Sql.Functions.Times;

/// <summary>Today, the time of day or both, in the process's zone: the same for all rows of a batch.</summary>
internal sealed class Now(Emission made) : Operation
{
    public override void Run(Frame frame)
    {
        var local = frame.Clock.GetLocalNow();
        var (days, nanos) = (CivilDate.ToDays(local.Year, local.Month, local.Day), local.TimeOfDay.Ticks * 100);
        frame.Set(Target, made.Type.Kind switch
        {
            TypeKind.Date => Of(frame, (int)days),
            TypeKind.Time => Of(frame, nanos),
            _ => Timestamps(frame, days * CivilTime.MicrosPerDay + nanos / 1000, (short)(nanos % 1000)),
        });
    }

    private FixedColumn<T> Of<T>(Frame frame, T value) where T : unmanaged
    {
        var result = ColumnBuffer.Rent<T>(frame.Memory, frame.Rows);
        result.As<T>().Fill(value);
        return new FixedColumn<T>(made.Type, frame.Rows, result, default, 0);
    }

    private TimestampColumn Timestamps(Frame frame, long micros, short nanos)
    {
        var values = ColumnBuffer.Rent<long>(frame.Memory, frame.Rows);
        values.As<long>().Fill(micros);
        ColumnBuffer side = default;
        if (nanos != 0)
        {
            side = ColumnBuffer.Rent<short>(frame.Memory, frame.Rows);
            side.As<short>().Fill(nanos);
        }
        return new TimestampColumn(made.Type, frame.Rows, values, side, default, default, 0);
    }
}
