using System.Diagnostics.Metrics;

namespace Chunnel.Rest;

/// <summary>Reads a meter once and sorts what it says into families.</summary>
internal sealed class MetricReading
{
    public const string Total = "_total";
    public const string Created = "_created";
    public const string Info = "_info";
    private const string Count = "_count";
    private const string Sum = "_sum";

    /// <summary>Of type info in OpenMetrics; <c>cluster_info</c> is a gauge on SeaTunnel's servers.</summary>
    private const string RuntimeInfo = "jvm_info";

    private readonly List<MetricFamily> _families = [];
    private readonly Dictionary<string, MetricFamily> _byName = new(StringComparer.Ordinal);

    private MetricReading()
    {
    }

    /// <summary>Everything as it is now, in the order in which the instruments were made.</summary>
    public static IReadOnlyList<MetricFamily> Of(Meter meter)
    {
        var reading = new MetricReading();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, told) =>
        {
            if (!ReferenceEquals(instrument.Meter, meter)) return;
            told.EnableMeasurementEvents(instrument, reading.FamilyOf(instrument));
        };
        listener.SetMeasurementEventCallback<double>(static (instrument, value, labels, family) => Add((MetricFamily)family!, instrument.Name, value, labels));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. reading._families.Where(family => family.Samples.Count > 0)];
    }

    /// <summary>The instruments of a summary, and of a counter with its beginning, make one family.</summary>
    private MetricFamily FamilyOf(Instrument instrument)
    {
        var isCounter = instrument is ObservableCounter<double>;
        var name = instrument.Name;
        if (isCounter && Without(name, Total) is { } counter) return Family(counter, MetricKind.Counter, instrument);
        if (isCounter && (Without(name, Count) ?? Without(name, Sum)) is { } summary) return Family(summary, MetricKind.Summary, instrument);
        if (Without(name, Created) is { } begun && _byName.TryGetValue(begun, out var known)) return known;
        if (name == RuntimeInfo) return Family(Without(name, Info)!, MetricKind.Info, instrument);
        return Family(name, MetricKind.Gauge, instrument);
    }

    private MetricFamily Family(string name, MetricKind kind, Instrument instrument)
    {
        if (_byName.TryGetValue(name, out var known)) return known;
        var family = new MetricFamily(name, kind, instrument.Description ?? name);
        _families.Add(family);
        return _byName[name] = family;
    }

    private static void Add(MetricFamily family, string instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var suffix = instrument[family.Name.Length..];
        var sample = new MetricSample(suffix, labels.ToArray(), value);
        // What belongs to the same labels stands together.
        var last = family.Samples.FindLastIndex(before => before.Suffix != suffix && before.Labels.SequenceEqual(sample.Labels));
        if (last < 0) family.Samples.Add(sample);
        else family.Samples.Insert(last + 1, sample);
    }

    private static string? Without(string name, string ending) => name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : null;
}
