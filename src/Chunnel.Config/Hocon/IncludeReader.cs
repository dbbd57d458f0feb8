namespace Chunnel.Config.Hocon;

/// <summary>How an include names its file.</summary>
public enum IncludeKind
{
    /// <summary><c>include "name"</c>: relative to the file that includes.</summary>
    Relative,

    /// <summary><c>include file("name")</c>: a path of the machine.</summary>
    File,

    /// <summary><c>include classpath("name")</c>: a file of the installation.</summary>
    Classpath,
}

/// <summary>One <c>include</c> of a job file.</summary>
public sealed record IncludeRequest(IncludeKind Kind, string Name, string FromFile);

/// <summary>A file that was found: its name, for error places, and its text.</summary>
public sealed record IncludedText(string File, string Text);

/// <summary>Finds an included file; null when it does not exist.</summary>
public delegate IncludedText? IncludeReader(IncludeRequest request);
