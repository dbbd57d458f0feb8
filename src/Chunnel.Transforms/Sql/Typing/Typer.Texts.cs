using System.Text;
using Chunnel.Core;
using Chunnel.Transforms.Sql.Operations.Texts;
using Chunnel.Transforms.Sql.Parsing;

namespace Chunnel.Transforms.Sql.Typing;

// Texts and changes of type.
internal sealed partial class Typer
{
    /// <summary>Joined texts; nulls are skipped (spec transforms.md 5.3). A chain of || is one operation.</summary>
    private Node? OfConcat(BinarySyntax binary)
    {
        var pieces = new List<Syntax>();
        Collect(binary, pieces);
        var nodes = pieces.Select(Type).ToList();
        return nodes.Contains(null) ? null : _functions.Concat([.. nodes.OfType<Node>()], null, binary);

        static void Collect(Syntax syntax, List<Syntax> pieces)
        {
            if (syntax is not BinarySyntax { Sign: BinarySign.Concat } concat)
            {
                pieces.Add(syntax);
                return;
            }
            Collect(concat.Left, pieces);
            Collect(concat.Right, pieces);
        }
    }

    private Node? OfLike(LikeSyntax like)
    {
        var (operand, pattern) = (Type(like.Operand), Type(like.Pattern));
        Rune? escape = null;
        if (like.Escape is not null)
        {
            if (like.Escape is TextSyntax { Value: var value } && value.EnumerateRunes().ToList() is [var only]) escape = only;
            else
            {
                _problems.UnsupportedExpression(like.Escape.Where, like.ToString(), "ESCAPE takes one character in quotes.");
                return null;
            }
        }
        if (operand is null || pattern is null) return null;
        var matches = _nodes.Call($"like{escape}", DataType.Boolean, like, [_casts.ToText(operand, like.Operand), _casts.ToText(pattern, like.Pattern)],
            made => new LikeOperation(made.Operands[0], made.Operands[1], escape) { Target = made.Target });
        return like.Negated ? _nodes.Not(matches, like) : matches;
    }

    private Node? OfCast(CastSyntax cast)
    {
        var operand = Type(cast.Operand);
        var type = Casts.TypeOf(cast.Type, _problems);
        if (operand is null || type is null) return null;
        return _casts.Cast(operand, type, cast.Try, cast) ?? Refuse(cast, $"There is no way from {TypeName(operand.Type)} to {TypeName(type)}.");
    }

    private Node? OfCall(CallSyntax call)
    {
        var arguments = call.Arguments.Select(Type).ToList();
        return arguments.Contains(null) ? null : _functions.Call(call, [.. arguments.OfType<Node>()]);
    }
}
