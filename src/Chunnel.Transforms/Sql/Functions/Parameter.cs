using System.Diagnostics;

namespace Chunnel.Transforms.Sql.Functions;

/// <summary>What an argument may be.</summary>
internal enum Parameter
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>More of anything, also none.</summary>
    Rest,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A text or bytes.</summary>
    TextOrBytes,

    /// <summary>A text that is the same for all rows: it decides how the function works, so it is read with the query.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Any number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Condition,

    /// <summary>A date or a timestamp.</summary>
    Day,

    /// <summary>A time of day or a timestamp.</summary>
    Clock,

    /// <summary>A date, a time of day or a timestamp.</summary>
    Moment,

    /// <summary>An array.</summary>
    List,

    /// <summary>A vector of floating point numbers.</summary>
    Vector,
}

internal static class Parameters
{
    /// <summary>The parameter in a signature.</summary>
    public static string ToWord(this Parameter parameter) => parameter switch
    {
        Parameter.Any => "value",
        Parameter.Rest => "value",
        Parameter.Text => "text",
        Parameter.TextOrBytes => "text or bytes",
        Parameter.Word => "'text'",
        Parameter.Integer => "integer",
        Parameter.Number => "number",
        Parameter.Condition => "condition",
        Parameter.Day => "date or timestamp",
        Parameter.Clock => "time or timestamp",
        Parameter.Moment => "date, time or timestamp",
        Parameter.List => "array",
        Parameter.Vector => "vector",
        _ => throw new UnreachableException($"No word for {parameter}."),
    };

    /// <summary>What to write instead of an argument that does not fit.</summary>
    public static string ToMend(this Parameter parameter) => parameter switch
    {
        Parameter.Text => "It takes a text: convert the value with CAST(... AS STRING).",
        Parameter.TextOrBytes => "It takes a text or bytes: convert the value with CAST(... AS STRING).",
        Parameter.Word => "It takes a text in quotes, the same for all rows.",
        Parameter.Integer => "It takes a whole number.",
        Parameter.Number => "It takes a number.",
        Parameter.Condition => "It takes something that is true or false.",
        Parameter.Day => "It takes a date or a timestamp: convert the value with CAST or TO_DATE.",
        Parameter.Clock => "It takes a time of day or a timestamp: convert the value with CAST or TO_DATE.",
        Parameter.Moment => "It takes a date, a time of day or a timestamp: convert the value with CAST or TO_DATE.",
        Parameter.List => "It takes an array, as SPLIT and ARRAY give.",
        Parameter.Vector => "It takes a vector of floating point numbers.",
        _ => throw new UnreachableException($"{parameter} takes anything."),
    };
}
