using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Chunnel.Ahead;

/// <summary>
/// How a list names a compiled method: <c>Type::Method</c>, types as reflection writes them, generic arguments in brackets, <c>*</c> for any
/// class (code is shared among classes). The numbers that the compiler gives to what it makes (<c>&lt;Run&gt;d__12</c>) are left out: they
/// change with every method that is written above. A name stands for every overload.
/// </summary>
internal static partial class MethodName
{
    private const string AnyClass = "System.__Canon";

    public static string Of(MethodBase method)
    {
        var text = new StringBuilder();
        Append(text, method.DeclaringType!);
        text.Append("::").Append(WithoutNumbers(method.Name));
        if (method.IsGenericMethod)
        {
            AppendArguments(text, method.GetGenericArguments());
        }
        return text.ToString();
    }

    public static string WithoutNumbers(string name) => Numbers().Replace(name, "");

    private static void Append(StringBuilder text, Type type)
    {
        if (type.HasElementType)
        {
            Append(text, type.GetElementType()!);
            text.Append(type.IsArray ? $"[{new string(',', type.GetArrayRank() - 1)}]" : type.IsPointer ? "*" : "&");
            return;
        }
        if (type.FullName == AnyClass)
        {
            text.Append('*');
            return;
        }
        text.Append(WithoutNumbers((type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!));
        if (type.IsConstructedGenericType)
        {
            AppendArguments(text, type.GetGenericArguments());
        }
    }

    private static void AppendArguments(StringBuilder text, Type[] arguments)
    {
        text.Append('[');
        for (int i = 0; i < arguments.Length; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }
            Append(text, arguments[i]);
        }
        text.Append(']');
    }

    [GeneratedRegex(@"(?<=>[a-z])__\d+(_\d+)?|(?<=DisplayClass)\d+(_\d+)?|\|\d+(_\d+)?")]
    private static partial Regex Numbers();
}
