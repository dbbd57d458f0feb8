using Chunnel.Core;

namespace Chunnel.Config.Env;

/// <summary>Reads <c>env</c>: every option with its type and range, slips of the key as warnings.</summary>
internal sealed class EnvReader
{
    private const long LeastMillis = 10;

    private readonly SettingsObject _env;
    private readonly List<Problem> _problems;
    private bool _failed;

    private EnvReader(SettingsObject env, List<Problem> problems)
    {
        _env = env;
        _problems = problems;
    }

    /// <summary>What env says; what is wrong in it has its default, and the problems say so.</summary>
    public static (EnvOptions Env, bool Failed) Read(SettingsObject root, List<Problem> problems)
    {
        var where = root[JobSections.Env]?.Where ?? TextPosition.Nowhere;
        switch (root[JobSections.Env])
        {
            case SettingsObject env:
                var reader = new EnvReader(env, problems);
                var options = reader.Read();
                return (options, reader._failed);
            case null:
                problems.Add(Wrong(where, "No configuration setting found for key 'env'", "Add env { job.mode = \"BATCH\" }."));
                break;
            case SettingsScalar { Kind: ScalarKind.Null }:
                problems.Add(Wrong(where, "Configuration key 'env' is set to null but expected OBJECT", "Write env { ... }."));
                break;
            default:
                problems.Add(Wrong(where, "The key 'env' must hold an object.", "Write env { ... }."));
                break;
        }
        return (new EnvOptions(), true);
    }

    private EnvOptions Read()
    {
        EnvKeys.WarnOfUnknown(_env, _problems);
        return new EnvOptions
        {
            Parallelism = Math.Max(1, Int32(EnvKeys.Parallelism) ?? 1),
            JobName = Read(EnvKeys.JobName, (_, value) => SettingsConvert.ToText(value)) is { Length: > 0 } name ? name : EnvOptions.DefaultJobName,
            Mode = ReadValue(EnvKeys.JobMode, SettingsConvert.ToEnum<JobMode>) ?? JobMode.Batch,
            ModeIsGiven = _env.Find(EnvKeys.JobMode) is not null,
            CheckpointInterval = Millis(EnvKeys.CheckpointInterval, LeastMillis, "The minimum checkpoint interval is 10 mills."),
            CheckpointTimeout = Millis(EnvKeys.CheckpointTimeout, LeastMillis, "The minimum checkpoint timeout is 10 mills."),
            CheckpointMinPause = MinPause(),
            RetainCheckpointsAfterCancel = ReadValue(EnvKeys.RetainAfterCancel, SettingsConvert.ToBoolean),
            RowsPerSecond = AtLeast(EnvKeys.RowsPerSecond, 1, "bytesPerSecond and countPerSecond must be positive"),
            BytesPerSecond = AtLeast(EnvKeys.BytesPerSecond, 1, "bytesPerSecond and countPerSecond must be positive"),
            RetryTimes = AtLeast(EnvKeys.RetryTimes, 0, "The number of retries must not be negative.") ?? 3,
            RetryInterval = TimeSpan.FromSeconds(AtLeast(EnvKeys.RetryInterval, 0, "The time between retries must not be negative.") ?? 3),
            SaveModeLocation = ReadSaveModeLocation(),
            TagFilter = Read(EnvKeys.TagFilter, SettingsConvert.ToTextMap) ?? new Dictionary<string, string>(),
            Jars = Jars(),
            ShadeIdentifier = Read(EnvKeys.ShadeIdentifier, (_, value) => SettingsConvert.ToText(value)) is { Length: > 0 } shade ? shade : "default",
            ShadeOptions = Read(EnvKeys.ShadeOptions, SettingsConvert.ToTextList) ?? [],
            ShadeProperties = Read(EnvKeys.ShadeProperties, SettingsConvert.ToObject) ?? SettingsObject.Empty,
            PipelineConcurrency = PipelineConcurrency(),
            SinkFlushInterval = Millis(EnvKeys.SinkFlushInterval, 1, "The flush interval must be positive."),
            RequiredGuarantee = ReadValue(EnvKeys.RequiredGuarantee, SettingsConvert.ToEnum<DeliveryGuarantee>),
            Observability = ReadObservability(),
            Raw = _env,
        };
    }

    private string[] Jars()
    {
        if (Read(EnvKeys.Jars, (_, value) => SettingsConvert.ToText(value)) is not { } text) return [];
        var jars = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _problems.AddRange(JarCheck.Of(jars, _env.Find(EnvKeys.Jars)!.Value.Where));
        return jars;
    }

    private SaveModeLocation ReadSaveModeLocation()
    {
        var location = ReadValue(EnvKeys.SaveModeLocation, SettingsConvert.ToEnum<SaveModeLocation>) ?? SaveModeLocation.Cluster;
        if (location == SaveModeLocation.Client)
        {
            _problems.Add(Wrong(_env.Find(EnvKeys.SaveModeLocation)!.Value.Where, $"'{EnvKeys.SaveModeLocation} = CLIENT' is deprecated.", "Leave it out: the cluster prepares the tables.") with
            {
                Severity = Severity.Warning,
            });
        }
        return location;
    }

    private int? PipelineConcurrency()
    {
        var most = AtLeast(EnvKeys.PipelineConcurrency, 1, "At least one pipeline must be allowed to run.");
        if (most is not null && ReadValue(EnvKeys.JobMode, SettingsConvert.ToEnum<JobMode>) == JobMode.Streaming)
        {
            _problems.Add(Wrong(_env.Find(EnvKeys.PipelineConcurrency)!.KeyWhere, $"Pipelines of a streaming job do not end: those beyond the first {most} never start.", $"Leave '{EnvKeys.PipelineConcurrency}' out.") with
            {
                Severity = Severity.Warning,
            });
        }
        return most;
    }

    /// <summary>Numbers out of bounds become the bound, as SeaTunnel takes them, and not in silence.</summary>
    private ObservabilityOptions ReadObservability()
    {
        var usual = new ObservabilityOptions();
        var most = ObservabilityOptions.MostRetention;
        return new ObservabilityOptions
        {
            Enabled = ReadValue(EnvKeys.Observed, SettingsConvert.ToBoolean) ?? usual.Enabled,
            Bucket = Within(EnvKeys.ObservedBucket, (int)ObservabilityOptions.LeastBucket.TotalMilliseconds, (int)most.TotalMilliseconds) is { } bucket ? TimeSpan.FromMilliseconds(bucket) : usual.Bucket,
            Retention = Within(EnvKeys.ObservedRetention, 1, (int)most.TotalMinutes) is { } minutes ? TimeSpan.FromMinutes(minutes) : usual.Retention,
        };
    }

    private int? Within(string key, int least, int most)
    {
        if (Int32(key) is not { } value) return null;
        var taken = Math.Clamp(value, least, most);
        if (taken != value)
        {
            _problems.Add(Wrong(_env.Find(key)!.Value.Where, $"The option '{key}' is from {least} to {most}, not {value}: {taken} is taken.", null) with { Severity = Severity.Warning });
        }
        return taken;
    }

    private TimeSpan? MinPause() => Int32(EnvKeys.MinPause) is { } millis and > 0 ? TimeSpan.FromMilliseconds(millis) : null;

    private int? Int32(string key) => ReadValue(key, SettingsConvert.ToInt32);

    private int? AtLeast(string key, int least, string otherwise)
    {
        var value = Int32(key);
        if (value < least) OutOfRange(key, otherwise);
        return value;
    }

    private TimeSpan? Millis(string key, long least, string otherwise)
    {
        // More than ten thousand years: no clock reaches it, and no arithmetic overflows with it.
        const long Most = 315_360_000_000_000;
        if (ReadValue(key, SettingsConvert.ToInt64) is not { } millis) return null;
        if (millis < least) OutOfRange(key, otherwise);
        return TimeSpan.FromMilliseconds(Math.Clamp(millis, 0, Most));
    }

    private void OutOfRange(string key, string what)
    {
        _failed = true;
        var value = _env.Find(key)!.Value;
        _problems.Add(Wrong(value.Where, $"{what} The option '{key}' is {SettingsConvert.ToText(value)}.", null));
    }

    private T? ReadValue<T>(string key, Func<string, SettingsNode, T> convert) where T : struct =>
        _env.Find(key) is { } entry && Try(key, entry.Value, convert, out var value) ? value : null;

    private T? Read<T>(string key, Func<string, SettingsNode, T> convert) where T : class =>
        _env.Find(key) is { } entry && Try(key, entry.Value, convert, out var value) ? value : null;

    private bool Try<T>(string key, SettingsNode written, Func<string, SettingsNode, T> convert, out T value)
    {
        value = default!;
        try
        {
            value = convert(key, written);
            return true;
        }
        catch (ChunnelException e)
        {
            _failed = true;
            _problems.Add(e.ToProblem());
            return false;
        }
    }

    private static Problem Wrong(TextPosition where, string what, string? mend) =>
        new(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend };
}
