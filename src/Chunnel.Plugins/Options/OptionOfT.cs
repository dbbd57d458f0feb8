using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>An option with values of one type. Immutable: each word of the description makes a new one.</summary>
public sealed class Option<T> : OptionDescription
{
    private readonly Func<string, SettingsNode, T> _convert;
    private readonly string _typeText;
    private readonly IReadOnlyList<string> _choices;
    private readonly Func<T, string> _format;

    internal Option(string typeText, Func<string, SettingsNode, T> convert, IReadOnlyList<string>? choices = null, Func<T, string>? format = null)
    {
        _format = format ?? (value => OptionText.Of(value));
        _typeText = typeText;
        _convert = convert;
        _choices = choices ?? [];
    }

    public bool HasDefault { get; private init; }

    public T? DefaultValue { get; private init; }

    private Func<T, string?>? Test { get; init; }

    public override string TypeText => _typeText;

    public override IReadOnlyList<string> Choices => _choices;

    public override string? DefaultText => HasDefault ? _format(DefaultValue!) : null;

    /// <summary>A value as a job file would write it.</summary>
    internal string Format(T value) => _format(value);

    public Option<T> Default(T value) => Copy(hasDefault: true, value: value);

    public Option<T> Says(string description) => Copy(description: description);

    /// <summary>Names under which the option was known before.</summary>
    public Option<T> Old(params string[] keys) => Copy(oldKeys: keys);

    public Option<T> IsRequired() => Copy(required: true);

    public Option<T> IsSecret() => Copy(secret: true);

    /// <summary>Adds a test that returns what is wrong with a value, or null.</summary>
    public Option<T> Must(Func<T, string?> test) => Copy(test: Test is { } before ? value => before(value) ?? test(value) : test);

    /// <summary>The value as written, else the default.</summary>
    /// <exception cref="ChunnelException">The value is of another type or out of range; or there is neither value nor default.</exception>
    public T Read(SettingsObject settings)
    {
        if (TryRead(settings, out var value)) return value;
        if (HasDefault) return DefaultValue!;
        throw new ChunnelException(CommonErrors.OptionValidateFailed, $"There are unconfigured options, the options('{Key}') are required.") { Where = settings.Where };
    }

    /// <summary>The value as written; false when it is not.</summary>
    public bool TryRead(SettingsObject settings, out T value)
    {
        if (Find(settings) is not { } entry)
        {
            value = default!;
            return false;
        }
        value = _convert(entry.Key, Secret ? Secrets.Marked(entry.Value) : entry.Value);
        // What a test says may quote the value.
        if (Test?.Invoke(value) is { } wrong) throw SettingsConvert.Wrong(entry.Key, entry.Value, Secret ? $"The value of '{entry.Key}' is not one that the option takes." : wrong);
        return true;
    }

    public override Problem? CheckValue(SettingsObject settings)
    {
        try
        {
            TryRead(settings, out _);
            return null;
        }
        catch (ChunnelException wrong)
        {
            return wrong.ToProblem();
        }
    }

    private Option<T> Copy(
        bool? hasDefault = null, T? value = default, string? description = null, IReadOnlyList<string>? oldKeys = null,
        bool? required = null, bool? secret = null, Func<T, string?>? test = null) =>
        new(_typeText, _convert, _choices, _format)
        {
            Key = Key,
            HasDefault = hasDefault ?? HasDefault,
            DefaultValue = hasDefault is true ? value : DefaultValue,
            Description = description ?? Description,
            OldKeys = oldKeys ?? OldKeys,
            Required = required ?? Required,
            Secret = secret ?? Secret,
            Test = test ?? Test,
        };
}
