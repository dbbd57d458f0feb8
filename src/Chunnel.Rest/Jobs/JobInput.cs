using Chunnel.Config;
using Chunnel.Core;

namespace Chunnel.Rest;

/// <summary>Reads a job from where callers put it.</summary>
internal static class JobInput
{
    /// <summary>A request's body.</summary>
    /// <exception cref="RestRefusal">It is empty, or is to be JSON and is none.</exception>
    public static JobLoadResult Body(string text, JobFormat format, ShadeSet shades)
    {
        if (string.IsNullOrWhiteSpace(text)) throw RestRefusal.BadRequest(WireTexts.BodyEmpty);
        return format == JobFormat.Json ? JobLoader.TryLoad(JsonBody.ReadObject(text), shades) : JobLoader.TryLoad(new JobText(text, format) { Shades = shades });
    }

    /// <summary>An element of a list of jobs.</summary>
    public static JobLoadResult Element(SettingsObject job, ShadeSet shades) => JobLoader.TryLoad(job, shades);

    /// <summary>A file; its name tells the language, JSON where there is none (spec rest-api.md 6.5).</summary>
    /// <exception cref="RestRefusal">It is empty.</exception>
    public static JobLoadResult File(string? name, string text, ShadeSet shades)
    {
        if (string.IsNullOrWhiteSpace(text)) throw RestRefusal.BadRequest(WireTexts.BodyEmpty, "The file is empty.");
        return string.IsNullOrEmpty(name)
            ? JobLoader.TryLoad(new JobText(text, JobFormat.Json) { Shades = shades })
            : JobLoader.TryLoad(new JobText(text, JobFormats.OfFile(name)) { FileName = name, Shades = shades });
    }
}
