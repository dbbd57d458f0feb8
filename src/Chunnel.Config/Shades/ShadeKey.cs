using System.Buffers.Text;
using System.Text;
using Chunnel.Core;

namespace Chunnel.Config;

/// <summary>
/// Where the key of a cipher comes from: <c>shade.properties</c> names a file (<c>key_file</c>) or a variable of the environment
/// (<c>key_env</c>), else <c>CHUNNEL_SHADE_KEY</c> holds it or <c>CHUNNEL_SHADE_KEY_FILE</c> names its file. Never the job: it would lie beside
/// what it locks. No message holds any of it.
/// </summary>
internal static class ShadeKey
{
    public const string Variable = "CHUNNEL_SHADE_KEY";
    public const string FileVariable = "CHUNNEL_SHADE_KEY_FILE";

    private const string HowToMake = "Make one with: openssl rand -base64 32";

    // More than any way to write 32 bytes.
    private const int MostFileBytes = 1024;

    /// <exception cref="ShadeException">There is none, or it is none.</exception>
    public static byte[] Read(SettingsObject properties)
    {
        if (properties.Find("key") is not null) throw new ShadeException("needs a key that lies elsewhere: 'key' of shade.properties stands in the job, beside what it locks", "Put it into a file and name that: key_file = \"...\".");
        if (Text(properties, "key_file") is { } path) return OfFile(path);
        if (Text(properties, "key_env") is { } name) return OfVariable(name) ?? throw new ShadeException($"needs a key, and the variable {name} that key_env names is empty", HowToMake);
        if (OfVariable(Variable) is { } key) return key;
        return Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file
            ? OfFile(file)
            : throw new ShadeException("needs a key", $"Set {Variable} or {FileVariable}, or key_file or key_env in shade.properties. {HowToMake}");
    }

    private static string? Text(SettingsObject properties, string name) =>
        properties.Find(name) is { Value: var value } && SettingsConvert.ToText(value) is { Length: > 0 } text ? text : null;

    private static byte[]? OfVariable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? OfText(text) ?? throw NoKey($"the variable {name}") : null;

    private static byte[] OfFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[MostFileBytes];
            bytes = bytes[..file.ReadAtLeast(bytes, MostFileBytes, throwOnEndOfStream: false)];
            return OfText(Encoding.ASCII.GetString(bytes)) ?? (bytes.Length == AesShade.KeyBytes ? bytes : throw NoKey($"the file '{path}'"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ShadeException($"needs a key, and the file '{path}' cannot be read: {e.Message}", "Is it there, and may this program read it?");
        }
    }

    /// <summary>As hex or base64, with or without blanks around; null for anything else.</summary>
    private static byte[]? OfText(string text)
    {
        text = text.Trim();
        if (text.Length == 2 * AesShade.KeyBytes && text.All(char.IsAsciiHexDigit)) return Convert.FromHexString(text);
        if (Base64.IsValid(text, out var length) && length == AesShade.KeyBytes) return Convert.FromBase64String(text);
        return Base64Url.IsValid(text, out length) && length == AesShade.KeyBytes ? Base64Url.DecodeFromChars(text) : null;
    }

    private static ShadeException NoKey(string where) =>
        new($"needs a key of {AesShade.KeyBytes} bytes, as base64 or hex, and {where} does not hold one", HowToMake);
}
