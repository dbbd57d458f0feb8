using System.Numerics;
using Chunnel.Core;
using Chunnel.Plugins;

namespace Chunnel.Connectors.Fake;

/// <summary>The options of one number type: mode, template, least and most value.</summary>
internal sealed class NumberOptions<T> where T : struct, INumber<T>
{
    private readonly string _type;
    private readonly T _least;
    private readonly T _most;
    private readonly Func<string, SettingsNode, T> _read;

    public NumberOptions(string type, Func<string, Option<T>> make, T min, T max, T least, T most, Func<string, SettingsNode, T> read)
    {
        (_type, _least, _most, _read) = (type, least, most, read);
        Mode = FakeSourceOptions.Mode(type);
        Template = Option.List($"{type}.template").Says($"Values of type {type} to pick from.");
        Min = make($"{type}.min").Default(min).Must(value => Outside($"{type}.min", value)).Says($"The least value of type {type}.");
        Max = make($"{type}.max").Default(max).Must(value => Outside($"{type}.max", value)).Says($"Values of type {type} stay below it.");
    }

    public Option<string> Mode { get; }

    public Option<IReadOnlyList<SettingsNode>> Template { get; }

    public Option<T> Min { get; }

    public Option<T> Max { get; }

    public IReadOnlyList<OptionDescription> All => [Mode, Template, Min, Max];

    public OptionRule Rule => OptionRule.RequiredWhen(Mode, "TEMPLATE", Template);

    /// <summary>The range and template as set.</summary>
    /// <exception cref="ChunnelException">The range is upside down, or a template's value is no such number.</exception>
    public NumberRange<T> Read(SettingsObject settings)
    {
        var (min, max) = (Min.Read(settings), Max.Read(settings));
        if (min > max)
        {
            throw new ChunnelException(CommonErrors.OptionValidateFailed, $"'{Min.Key}' is {min} and '{Max.Key}' is {max}: Start value must be smaller or equal to end value.")
            {
                Where = (Min.Find(settings) ?? Max.Find(settings))?.Value.Where ?? settings.Where,
                Mend = "Swap them, or set both.",
            };
        }
        return new NumberRange<T>(min, max, Template.TryRead(settings, out var values) ? [.. values.Select(ReadTemplate)] : []);
    }

    private T ReadTemplate(SettingsNode node)
    {
        var value = _read(Template.Key, node);
        return Outside(Template.Key, value) is { } wrong ? throw SettingsConvert.Wrong(Template.Key, node, wrong) : value;
    }

    private string? Outside(string key, T value) =>
        value < _least || value > _most || T.IsNaN(value) ? $"{key} should >= {_least} and <= {_most}, which are the bounds of {_type}. The option is '{key}'." : null;
}

/// <summary>What numbers of a type are made of: a template to pick from if it has values, else a range whose end is not reached (unless both ends are one).</summary>
internal sealed record NumberRange<T>(T Min, T Max, T[] Template) where T : struct, INumber<T>;
