using System.Text;

namespace Chunnel.Core;

/// <summary>How the members of our enums are written in a job: <c>CreateSchemaWhenNotExist</c> is <c>CREATE_SCHEMA_WHEN_NOT_EXIST</c>.</summary>
public static class EnumNames
{
    public static IReadOnlyList<(string Name, T Member)> Of<T>() where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(member => (Of(member), member))];

    /// <summary>All names of an enum, in its order.</summary>
    public static IReadOnlyList<string> AllOf<T>() where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), Spelled);

    public static string Of<T>(T member) where T : struct, Enum => Spelled(member.ToString());

    /// <summary>The letters and digits alone, in one case: what two spellings of a name share.</summary>
    internal static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string Spelled(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1])) text.Append('_');
            text.Append(char.ToUpperInvariant(name[i]));
        }
        return text.ToString();
    }
}
