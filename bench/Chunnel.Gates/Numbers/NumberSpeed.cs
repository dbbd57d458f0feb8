using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Gates.Numbers;

/// <summary>data-path.md 10 item 8: values as text and back, each beside what .NET has in the box.</summary>
internal sealed class NumberSpeed : Gate
{
    private const int Count = 100_000;

    private readonly byte[] _to = new byte[512];
    private long _sink;

    public override string Name => "numbers";

    public override string Question => "What do Java's doubles, civil dates and decimals on Int128 cost a value?";

    public override void Run(Report report)
    {
        var dice = new Random(6);
        Doubles(report, "prices (two decimals)", [.. Enumerable.Range(0, Count).Select(_ => dice.Next(10_000_000) / 100.0)]);
        Doubles(report, "any double in 0..1", [.. Enumerable.Range(0, Count).Select(_ => dice.NextDouble())]);
        Times(report, [.. Enumerable.Range(0, Count).Select(_ => dice.NextInt64(-62_135_596_800, 253_402_300_799) * 1_000_000 + dice.Next(1_000_000))]);
        Decimals(report, dice);
    }

    private void Doubles(Report report, string what, double[] values)
    {
        report.Row($"{what} to text: JavaDouble; Utf8Formatter; TryFormat",
            $"{Each(values, value => JavaDouble.Format(value, _to)):F0}; {Each(values, value => Utf8Formatter.TryFormat(value, _to, out var n) ? n : 0):F0}; {Each(values, value => value.TryFormat(_to, out var n, provider: CultureInfo.InvariantCulture) ? n : 0):F0} ns");
        byte[][] texts = [.. values.Select(value => Encoding.ASCII.GetBytes(JavaDouble.ToText(value)))];
        report.Row($"{what} from text: JavaDouble; Utf8Parser; double.Parse",
            $"{Each(texts, text => { JavaDouble.TryParse(text, out var v); return (int)v; }):F0}; {Each(texts, text => { return Utf8Parser.TryParse(text, out double v, out _) ? (int)v : 0; }):F0}; {Each(texts, text => (int)double.Parse(text, CultureInfo.InvariantCulture)):F0} ns");
        report.Must($"{what}: every text reads back as the same number",
            values.Zip(texts).All(pair => JavaDouble.TryParse(pair.Second, out var again) == ParseOutcome.Exact && again.Equals(pair.First)));
    }

    private void Times(Report report, long[] micros)
    {
        var seconds = TimePattern.Parse("yyyy-MM-dd HH:mm:ss");
        var fractions = TimePattern.Parse("yyyy-MM-dd HH:mm:ss.SSSSSS");
        long[] days = [.. micros.Select(value => (long)Math.Floor(value / (double)CivilTime.MicrosPerDay))];
        report.Row("day number to year, month, day: CivilDate; DateTime", $"{Each(days, day => CivilDate.FromDays(day).Year):F1}; {Each(days, day => DateTime.UnixEpoch.AddDays(day).Year):F1} ns");
        (int Year, int Month, int Day)[] dates = [.. days.Select(CivilDate.FromDays)];
        report.Row("year, month, day to day number: CivilDate; DateTime",
            $"{Each(dates, date => (int)CivilDate.ToDays(date.Year, date.Month, date.Day)):F1}; {Each(dates, date => (int)(new DateTime(date.Year, date.Month, date.Day).Ticks / TimeSpan.TicksPerDay)):F1} ns");
        report.Row("timestamp to 26 characters, to 19: TimePattern; DateTime.TryFormat of 26",
            $"{Each(micros, value => fractions.FormatTimestamp(value, 0, _to)):F0}, {Each(micros, value => seconds.FormatTimestamp(value, 0, _to)):F0}; {Each(micros, value => DateTime.UnixEpoch.AddMicroseconds(value).TryFormat(_to, out var n, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture) ? n : 0):F0} ns");
        byte[][] texts = [.. micros.Select(value => _to[..fractions.FormatTimestamp(value, 0, _to)])];
        report.Row("26 characters to timestamp: TimePattern; DateTime.ParseExact of a string made before",
            $"{Each(texts, text => fractions.TryParse(text, out var time) && time.TryToMicros(out var v, out _) ? (int)v : 0):F0}; {Each([.. texts.Select(Encoding.ASCII.GetString)], text => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture).Year):F0} ns");
        report.Must("every timestamp reads back", micros.Zip(texts).All(pair => fractions.TryParse(pair.Second, out var time) && time.TryToMicros(out var v, out _) && v == pair.First));
    }

    private void Decimals(Report report, Random dice)
    {
        (Int128 Value, long Power)[] wide = [.. Enumerable.Range(0, Count).Select(_ => ((Int128)dice.NextInt64() * dice.NextInt64(), (long)Math.Pow(10, dice.Next(1, 18))))];
        report.Row("Int128 / power of ten in 64 bits; Int128 + Int128; Int128 * Int128",
            $"{Each(wide, pair => (int)(long)(pair.Value / pair.Power)):F1}; {Each(wide, pair => (int)(long)(pair.Value + pair.Power)):F1}; {Each(wide, pair => (int)(long)(pair.Value * pair.Power)):F1} ns");
        Int128[] values = [.. wide.Select(pair => pair.Value)];
        report.Row("decimal(38,10) to text; from text",
            $"{Each(values, value => DecimalText.FormatPlain(value, 10, 10, _to)):F0}; {Each([.. values.Select(value => Encoding.ASCII.GetBytes(DecimalText.ToText(value, 10)))], text => { DecimalText.TryParse(text, 38, 10, out var v, out _); return (int)(long)v; }):F0} ns");
        Int128[] small = [.. Enumerable.Range(0, Count).Select(_ => (Int128)dice.Next(100_000_000))];
        report.Row("decimal(18,2) to text; System.Decimal of the same",
            $"{Each(small, value => DecimalText.FormatPlain(value, 2, 2, _to)):F0}; {Each([.. small.Select(value => (decimal)value / 100)], value => value.TryFormat(_to, out var n, provider: CultureInfo.InvariantCulture) ? n : 0):F0} ns");
    }

    /// <summary>Nanoseconds a value; what comes back is used, so that nothing is left out.</summary>
    private double Each<T>(T[] values, Func<T, int> work) => Clock.NanosecondsPer(values.Length, () =>
    {
        foreach (var value in values)
        {
            _sink += work(value);
        }
    });
}
