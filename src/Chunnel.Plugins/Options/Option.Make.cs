using System.Collections;
using System.Globalization;
using System.Numerics;
using Chunnel.Core;

namespace Chunnel.Plugins;

/// <summary>Begins the description of an option by its key and type.</summary>
public static class Option
{
    public static Option<string> Text(string key) => new("string", (_, value) => SettingsConvert.ToText(value)) { Key = key };

    public static Option<int> Int(string key) => new("int", SettingsConvert.ToInt32) { Key = key };

    public static Option<long> Long(string key) => new("long", SettingsConvert.ToInt64) { Key = key };

    public static Option<float> Float(string key) => new("float", SettingsConvert.ToSingle) { Key = key };

    public static Option<double> Double(string key) => new("double", SettingsConvert.ToDouble) { Key = key };

    public static Option<bool> Bool(string key) => new("boolean", SettingsConvert.ToBoolean) { Key = key };

    /// <summary>One of the enum's names as <see cref="EnumNames"/> spells them, in any case.</summary>
    public static Option<T> Enum<T>(string key) where T : struct, Enum =>
        new("enum", SettingsConvert.ToEnum<T>, EnumNames.AllOf<T>(), EnumNames.Of) { Key = key };

    /// <summary>One of some words, in any case; the value read is the word as listed.</summary>
    public static Option<string> Choice(string key, params string[] choices) =>
        new("enum", (name, value) => SettingsConvert.ToChoice(name, value, choices), choices) { Key = key };

    public static Option<IReadOnlyList<string>> TextList(string key) => new("list<string>", SettingsConvert.ToTextList) { Key = key };

    public static Option<IReadOnlyList<SettingsNode>> List(string key) => new("list", SettingsConvert.ToList) { Key = key };

    public static Option<IReadOnlyDictionary<string, string>> TextMap(string key) => new("map<string, string>", SettingsConvert.ToTextMap) { Key = key };

    public static Option<SettingsObject> Object(string key) => new("object", SettingsConvert.ToObject) { Key = key };

    public static Option<IReadOnlyList<SettingsObject>> ObjectList(string key) => new("list<object>", SettingsConvert.ToObjectList) { Key = key };

    /// <summary>A duration written as a number of milliseconds.</summary>
    public static Option<TimeSpan> Millis(string key) =>
        new("long (ms)", (name, value) => TimeSpan.FromMilliseconds(SettingsConvert.ToInt64(name, value)), format: time => OptionText.Of(time.TotalMilliseconds)) { Key = key };

    /// <summary>A duration written as a number of seconds.</summary>
    public static Option<TimeSpan> Seconds(string key) =>
        new("long (s)", (name, value) => TimeSpan.FromSeconds(SettingsConvert.ToInt64(name, value)), format: time => OptionText.Of(time.TotalSeconds)) { Key = key };

    /// <summary>Refuses values below a bound.</summary>
    public static Option<T> AtLeast<T>(this Option<T> option, T bound) where T : INumber<T> =>
        option.Must(value => value < bound ? $"The value {value} of '{option.Key}' must be at least {bound}." : null);

    /// <summary>Refuses values above a bound.</summary>
    public static Option<T> AtMost<T>(this Option<T> option, T bound) where T : INumber<T> =>
        option.Must(value => value > bound ? $"The value {value} of '{option.Key}' must be at most {bound}." : null);
}

/// <summary>Default values as a job file writes them.</summary>
internal static class OptionText
{
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        IEnumerable<KeyValuePair<string, string>> map => "{" + string.Join(", ", map.Select(pair => $"{pair.Key} = {pair.Value}")) + "}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Of)) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
