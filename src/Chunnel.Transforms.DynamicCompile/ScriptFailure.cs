using System.Diagnostics;
using Chunnel.Core;

namespace Chunnel.Transforms.DynamicCompile;

/// <summary>Where in a script something was thrown.</summary>
internal static class ScriptFailure
{
    /// <summary>The name that compiled scripts have for their text.</summary>
    public const string FileName = "source_code";

    /// <summary>The innermost place within the script; null when the script had no part in it.</summary>
    public static TextPosition? PlaceOf(Exception thrown, Func<int, int, TextPosition> place)
    {
        foreach (var frame in new StackTrace(thrown, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetFileName() == FileName && frame.GetFileLineNumber() > 0) return place(frame.GetFileLineNumber(), frame.GetFileColumnNumber());
        }
        return null;
    }
}
