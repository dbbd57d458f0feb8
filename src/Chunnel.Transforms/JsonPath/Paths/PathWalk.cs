using System.Text.Json;

namespace Chunnel.Transforms.JsonPath.Paths;

/// <summary>
/// Goes a path through a value. As long as every step so far was definite, what a step asks for must be there; behind the first indefinite
/// one, branches that do not go on are left out.
/// </summary>
internal readonly struct PathWalk(JsonWay path, JsonElement root)
{
    private readonly JsonWay _path = path;
    private readonly JsonElement _root = root;

    /// <summary>The values found; null, with the reason, when something must be there and is not.</summary>
    public List<JsonElement>? From(JsonElement start, out string? why)
    {
        why = null;
        List<JsonElement> here = [start];
        var isSure = true;
        for (var i = 0; i < _path.Steps.Count; i++)
        {
            var step = _path.Steps[i];
            var isLast = i == _path.Steps.Count - 1;
            if (step.Selector is PathFunction function) return PathFunctions.Compute(function.Name, here, isList: !isSure, out why);
            if (isSure && !step.IsDeep && here.Count == 1) why = Misfit(step.Selector, here[0], isLast);
            if (why is not null) return null;
            List<JsonElement> next = [];
            foreach (var value in here)
            {
                if (step.IsDeep) Deep(value, step.Selector, isLast, next);
                else Select(value, step.Selector, isLast, next);
            }
            isSure &= step.IsDefinite(isLast);
            here = next;
        }
        if (!isSure || here.Count > 0) return here;
        why = "nothing stands there";
        return null;
    }

    /// <summary>Why a step cannot be taken of a value that must have what it asks for; null when it can.</summary>
    private static string? Misfit(Selector selector, JsonElement value, bool isLast) => (selector, value.ValueKind) switch
    {
        (Members { Names: [var name] }, JsonValueKind.Object) => isLast || value.TryGetProperty(name, out _) ? null : $"there is no '{name}'",
        (Members, JsonValueKind.Object) or (Elements or Slice, JsonValueKind.Array) => null,
        (Members, _) => $"a name is asked of {Named(value)}",
        (Elements or Slice, _) => $"an element is asked of {Named(value)}",
        (Where, not (JsonValueKind.Object or JsonValueKind.Array)) => $"a condition is asked of {Named(value)}",
        _ => null,
    };

    private static string Named(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    /// <summary>The value and all within it, from outside in.</summary>
    private void Deep(JsonElement value, Selector selector, bool isLast, List<JsonElement> to)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            Select(value, selector, isLast, to);
            foreach (var member in value.EnumerateObject()) Deep(member.Value, selector, isLast, to);
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            // Objects within are asked themselves.
            if (selector is Where where) to.AddRange(Held(value.EnumerateArray().Where(element => element.ValueKind != JsonValueKind.Object), where));
            else Select(value, selector, isLast, to);
            foreach (var element in value.EnumerateArray()) Deep(element, selector, isLast, to);
        }
    }

    private void Select(JsonElement value, Selector selector, bool isLast, List<JsonElement> to)
    {
        switch (selector, value.ValueKind)
        {
            case (Members { Names: [var name] }, JsonValueKind.Object):
                if (value.TryGetProperty(name, out var member)) to.Add(member);
                break;
            case (Members members, JsonValueKind.Object):
                Select(value, members.Names, isLast, to);
                break;
            case (Elements elements, JsonValueKind.Array):
                foreach (var number in elements.Numbers) Add(value, number, to);
                break;
            case (Slice slice, JsonValueKind.Array):
                var length = value.GetArrayLength();
                for (var i = Place(slice.From ?? 0, length); i < Place(slice.To ?? length, length); i++) to.Add(value[i]);
                break;
            case (Every, JsonValueKind.Array):
                to.AddRange(value.EnumerateArray());
                break;
            case (Every, JsonValueKind.Object):
                to.AddRange(value.EnumerateObject().Select(each => each.Value));
                break;
            case (Where where, JsonValueKind.Array):
                to.AddRange(Held(value.EnumerateArray(), where));
                break;
            case (Where where, JsonValueKind.Object):
                if (where.Condition.Holds(value, _root)) to.Add(value);
                break;
        }
    }

    private IEnumerable<JsonElement> Held(IEnumerable<JsonElement> elements, Where where)
    {
        var root = _root;
        return elements.Where(element => where.Condition.Holds(element, root));
    }

    private static void Select(JsonElement value, IReadOnlyList<string> names, bool isLast, List<JsonElement> to)
    {
        var there = names.Where(name => value.TryGetProperty(name, out _)).Distinct().ToList();
        if (isLast) to.Add(Merged(value, there));
        else to.AddRange(there.Select(value.GetProperty));
    }

    /// <summary>An object with some members of another.</summary>
    private static JsonElement Merged(JsonElement value, List<string> names)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var name in names)
            {
                writer.WritePropertyName(name);
                value.GetProperty(name).WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }

    private static void Add(JsonElement array, int number, List<JsonElement> to)
    {
        var length = array.GetArrayLength();
        var place = number < 0 ? length + number : number;
        if (place >= 0 && place < length) to.Add(array[place]);
    }

    private static int Place(int number, int length) => Math.Clamp(number < 0 ? length + number : number, 0, length);
}
