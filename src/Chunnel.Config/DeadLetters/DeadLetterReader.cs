using Chunnel.Core;

namespace Chunnel.Config.DeadLetters;

/// <summary>Reads <c>dead_letter</c> of <c>env</c> and of single blocks, slips of the key as warnings.</summary>
internal sealed class DeadLetterReader(SettingsObject letters, List<Problem> problems)
{
    public bool FoundMistakes { get; private set; }

    /// <summary>What <c>env</c> says; secrets are open by now.</summary>
    public static (DeadLetterOptions Options, bool Failed) OfEnv(SettingsObject root, List<Problem> problems)
    {
        if (root[JobSections.Env] is not SettingsObject env || DeadLetterKeys.Under(env, DeadLetterKeys.Section) is not { } letters) return (DeadLetterOptions.None, false);
        var reader = new DeadLetterReader(letters, problems);
        reader.RefuseScalar(env);
        var options = reader.ReadEnv();
        return (options, reader.FoundMistakes);
    }

    /// <summary>What a source, transform or sink says for itself; null when it says nothing.</summary>
    public static (RefusedRows? Policy, bool Failed) OfBlock(SettingsObject block, List<Problem> problems)
    {
        if (DeadLetterKeys.Under(block, DeadLetterKeys.Section) is not { } letters) return (null, false);
        var reader = new DeadLetterReader(letters, problems);
        reader.RefuseScalar(block);
        foreach (var entry in letters.Entries.Where(entry => DeadLetterKeys.OfEnv.Except(DeadLetterKeys.OfBlocks).Contains(TopOf(entry.Key))))
        {
            reader.Wrong(entry.KeyWhere, $"'{DeadLetterKeys.Section}.{TopOf(entry.Key)}' counts for the whole job.", $"Write it in env: env {{ {DeadLetterKeys.Section} {{ {TopOf(entry.Key)} ... }} }}.");
        }
        reader.WarnOfUnknown(DeadLetterKeys.OfEnv);
        return (reader.ReadPolicy(), reader.FoundMistakes);
    }

    /// <summary>What does not go together, when all of the job is read.</summary>
    public static bool IsWhole(DeadLetterOptions options, SettingsObject root, IEnumerable<PluginBlock> blocks, List<Problem> problems)
    {
        var users = blocks.Where(block => options.PolicyOf(block) == RefusedRows.DeadLetter).ToList();
        if (users.Count > 0 && options.Sink is null)
        {
            var own = users.Find(block => block.Refused is not null);
            var owner = own?.Options ?? root[JobSections.Env] as SettingsObject;
            problems.Add(new Problem(CommonErrors.ConfigValidateFailed, $"Refused rows are to be set aside, but there is no '{DeadLetterKeys.Section}.{DeadLetterKeys.Sink}' in env to take them.")
            {
                Where = owner?.Find($"{DeadLetterKeys.Section}.{DeadLetterKeys.Policy}")?.Value.Where ?? own?.Where ?? TextPosition.Nowhere,
                Mend = "Add env { dead_letter { sink { LocalFile { path = \"/data/refused\", file_format_type = \"json\" } } } }, with any sink plug-in.",
            });
            return false;
        }
        if (users.Count == 0 && options.Sink is { } sink)
        {
            problems.Add(new Problem(CommonErrors.ConfigValidateFailed, $"No step sets refused rows aside: '{DeadLetterKeys.Section}.{DeadLetterKeys.Sink}' is not used.")
            {
                Severity = Severity.Warning,
                Where = sink.Where,
                Mend = $"Set {DeadLetterKeys.Section}.{DeadLetterKeys.Policy} = dead_letter, in env or in the steps that are meant.",
            });
        }
        return true;
    }

    private DeadLetterOptions ReadEnv()
    {
        WarnOfUnknown(DeadLetterKeys.OfEnv);
        var sink = ReadSink();
        return new DeadLetterOptions
        {
            Sink = sink,
            Policy = ReadPolicy() ?? (DeadLetterKeys.Under(letters, DeadLetterKeys.Sink) is null ? RefusedRows.Fail : RefusedRows.DeadLetter),
            MaxRows = ReadWhole(DeadLetterKeys.MaxRows),
            MaxPercent = ReadPercent(),
            MinRows = ReadWhole(DeadLetterKeys.MinRows) ?? DeadLetterOptions.UsualMinRows,
        };
    }

    private RefusedRows? ReadPolicy() => Read(DeadLetterKeys.Policy, SettingsConvert.ToEnum<RefusedRows>);

    private long? ReadWhole(string key)
    {
        if (Read(key, SettingsConvert.ToInt64) is not { } number) return null;
        if (number < 0) Wrong(letters.Find(key)!.Value.Where, $"'{DeadLetterKeys.Section}.{key}' is {number}, and rows are counted from 0.", null);
        return number;
    }

    private double? ReadPercent()
    {
        if (Read(DeadLetterKeys.MaxPercent, SettingsConvert.ToDouble) is not { } percent) return null;
        if (!(percent >= 0 && percent <= 100)) Wrong(letters.Find(DeadLetterKeys.MaxPercent)!.Value.Where, $"'{DeadLetterKeys.Section}.{DeadLetterKeys.MaxPercent}' must be between 0 and 100.", null);
        return percent;
    }

    /// <summary>Both <c>sink { plugin_name = LocalFile, ... }</c> and, as in the job's own sinks, <c>sink { LocalFile { ... } }</c>.</summary>
    private PluginBlock? ReadSink()
    {
        if (letters.Entry(DeadLetterKeys.Sink) is { Value: not SettingsObject } scalar)
        {
            Wrong(scalar.Value.Where, $"'{DeadLetterKeys.Section}.{DeadLetterKeys.Sink}' must hold one sink plug-in.", "Write sink { LocalFile { path = \"/data/refused\" } } or sink { plugin_name = \"LocalFile\", path = \"/data/refused\" }.");
            return null;
        }
        if (DeadLetterKeys.Under(letters, DeadLetterKeys.Sink) is not { } written) return null;
        var (name, options, where) = NameOf(written);
        if (name is null)
        {
            Wrong(written.Where, $"'{DeadLetterKeys.Section}.{DeadLetterKeys.Sink}' does not say which plug-in it is.", "Write sink { LocalFile { path = \"/data/refused\" } } or sink { plugin_name = \"LocalFile\", path = \"/data/refused\" }.");
            return null;
        }
        var common = new CommonOptionReader(options, problems);
        return new PluginBlock { Kind = PluginKind.Sink, Index = 0, PluginName = name, Options = common.Options, Where = where, Inputs = [] };
    }

    private static (string? Name, SettingsObject Options, TextPosition Where) NameOf(SettingsObject written)
    {
        if (written.Find(JobSections.PluginName) is { Value: SettingsScalar { Kind: ScalarKind.Text, Text.Length: > 0 } name }) return (name.Text, written, name.Where);
        return written.Entries is [{ Value: SettingsObject inner } only] ? (only.Key, inner, only.KeyWhere) : (null, written, written.Where);
    }

    private void RefuseScalar(SettingsObject owner)
    {
        if (owner.Entry(DeadLetterKeys.Section) is { Value: not SettingsObject } scalar)
            Wrong(scalar.Value.Where, $"'{DeadLetterKeys.Section}' must hold an object.", $"Write {DeadLetterKeys.Section} {{ {DeadLetterKeys.Policy} = skip }}.");
    }

    private void WarnOfUnknown(string[] known)
    {
        foreach (var entry in letters.Entries.Where(entry => !known.Contains(TopOf(entry.Key))))
        {
            problems.Add(new Problem(CommonErrors.OptionValidateFailed, $"'{DeadLetterKeys.Section}.{entry.Key}' is not an option.")
            {
                Severity = Severity.Warning,
                Where = entry.KeyWhere,
                Mend = Nearest.DidYouMean(entry.Key, known) ?? $"Known: {string.Join(", ", known)}.",
            });
        }
    }

    private T? Read<T>(string key, Func<string, SettingsNode, T> convert) where T : struct
    {
        if (letters.Find(key) is not { } entry) return null;
        try
        {
            return convert($"{DeadLetterKeys.Section}.{key}", entry.Value);
        }
        catch (ChunnelException wrong)
        {
            FoundMistakes = true;
            problems.Add(wrong.ToProblem());
            return null;
        }
    }

    private void Wrong(TextPosition where, string what, string? mend)
    {
        FoundMistakes = true;
        problems.Add(new Problem(CommonErrors.ConfigValidateFailed, what) { Where = where, Mend = mend });
    }

    private static string TopOf(string key) => key.IndexOf('.', StringComparison.Ordinal) is var dot and > 0 ? key[..dot] : key;
}
