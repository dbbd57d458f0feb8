using System.Globalization;

namespace Chunnel.Core;

/// <summary>
/// What a written value means to an option of a type (spec config.md 2.1). A value that does not fit throws a
/// <see cref="ChunnelException"/> with API-02 that names key, value and place.
/// </summary>
public static partial class SettingsConvert
{
    /// <summary>Text as it is, numbers and booleans as written, lists and objects as JSON.</summary>
    public static string ToText(SettingsNode value) =>
        value is SettingsScalar scalar ? scalar.Text : SettingsJson.Compact(value);

    public static int ToInt32(string key, SettingsNode value) =>
        (int)ToWhole(key, value, int.MinValue, int.MaxValue, "integer");

    public static long ToInt64(string key, SettingsNode value) =>
        ToWhole(key, value, long.MinValue, long.MaxValue, "long");

    public static float ToSingle(string key, SettingsNode value)
    {
        var number = ToDouble(key, value, "float");
        return Math.Abs(number) <= float.MaxValue || !double.IsFinite(number) ? (float)number : throw Overflow(key, value, "float");
    }

    public static double ToDouble(string key, SettingsNode value) => ToDouble(key, value, "double");

    public static bool ToBoolean(string key, SettingsNode value)
    {
        var text = ToText(value).Trim();
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        if (text.Equals("false", StringComparison.OrdinalIgnoreCase)) return false;
        throw Wrong(key, value, $"Unrecognized option for boolean: {Shown(key, value)}. Expected either true or false(case insensitive)");
    }

    /// <summary>A name of the enum, in any case; <c>CreateSchema</c> is written <c>CREATE_SCHEMA</c>.</summary>
    public static T ToEnum<T>(string key, SettingsNode value) where T : struct, Enum
    {
        var names = EnumNames.Of<T>();
        var written = EnumNames.Plain(ToText(value));
        foreach (var (name, member) in names)
        {
            if (EnumNames.Plain(name) == written) return member;
        }
        throw NoChoice(key, value, typeof(T).Name, [.. names.Select(name => name.Name)]);
    }

    /// <summary>One of the given words, in any case; the word comes back as it is given there.</summary>
    public static string ToChoice(string key, SettingsNode value, IReadOnlyList<string> choices)
    {
        var written = ToText(value).Trim();
        return choices.FirstOrDefault(choice => choice.Equals(written, StringComparison.OrdinalIgnoreCase)) ?? throw Wrong(
            key,
            value,
            $"These options('{key}') are SingleChoiceOption, the value({Shown(key, value)}) must be one of the optionValues([{string.Join(", ", choices)}]).",
            Nearest.DidYouMean(written, choices));
    }

    private static long ToWhole(string key, SettingsNode value, long least, long most, string type)
    {
        var text = NumberText(key, value, type);
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole >= least && whole <= most ? whole : throw Overflow(key, value, type);
        }
        // 1e3 and 5.0 are whole numbers too; 5.7 is not. Decimal keeps all digits of a long.
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            if (number < least || number > most) throw Overflow(key, value, type);
            if (number == decimal.Truncate(number)) return (long)number;
            throw Wrong(key, value, $"The value '{Shown(key, value)}' of the option '{key}' is not a whole number.");
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var huge) && !double.IsNaN(huge)) throw Overflow(key, value, type);
        throw NotNumber(key, value, type);
    }

    private static double ToDouble(string key, SettingsNode value, string type)
    {
        var text = NumberText(key, value, type);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw NotNumber(key, value, type);
        var saysInfinity = text.Contains("Inf", StringComparison.OrdinalIgnoreCase);
        return double.IsInfinity(number) && !saysInfinity ? throw Overflow(key, value, type) : number;
    }

    private static string NumberText(string key, SettingsNode value, string type) =>
        value is SettingsScalar { Kind: ScalarKind.Number or ScalarKind.Text } scalar ? scalar.Text.Trim() : throw NotNumber(key, value, type);

    private static ChunnelException Overflow(string key, SettingsNode value, string type) =>
        Wrong(key, value, $"Configuration value {Shown(key, value)} overflows/underflows the {type} type. It stands for the option '{key}'.");

    private static ChunnelException NotNumber(string key, SettingsNode value, string type) =>
        Wrong(key, value, $"The value '{Shown(key, value)}' of the option '{key}' is not a number of the {type} type.");

    private static ChunnelException NoChoice(string key, SettingsNode value, string type, IReadOnlyList<string> choices) => Wrong(
        key,
        value,
        $"Could not parse value for enum {type}. Expected one of: [[{string.Join(", ", choices)}]]. The option '{key}' has '{Shown(key, value)}'.",
        Nearest.DidYouMean(ToText(value), choices));

    /// <summary>The error of a value that does not fit its option: API-02 at the value's place.</summary>
    public static ChunnelException Wrong(string key, SettingsNode value, string what, string? mend = null) => new(
        CommonErrors.OptionValidateFailed,
        what.Contains($"'{key}'", StringComparison.Ordinal) ? what : $"{what.TrimEnd('.')}. The option is '{key}'.")
    {
        Where = value.Where,
        Mend = mend,
    };

    private static string Shown(string key, SettingsNode value)
    {
        if (Secrets.IsSecret(key) || value is SettingsScalar { IsSecret: true }) return Secrets.Mask;
        var text = Secrets.MaskedText(value is SettingsScalar ? ToText(value) : SettingsJson.Compact(Secrets.MaskedNode(value)));
        return text.Length <= 200 ? text : text[..200] + "...";
    }
}
