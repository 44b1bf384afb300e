using System.Reflection;
using System.Runtime.CompilerServices;

namespace VitLab.Tests.Dialect;

/// <summary>Types as the table of TorchSharp's signatures writes them: C#'s words, tuple names, and no namespace of an engine or of .NET.</summary>
internal static class TypeSpelling
{
    private static readonly Dictionary<Type, string> s_words = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(sbyte)] = "sbyte", [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(int)] = "int", [typeof(long)] = "long",
        [typeof(float)] = "float", [typeof(double)] = "double",
    };

    /// <summary>A type without the names its place may give to tuple elements: <c>torch.nn.Module&lt;T, TResult&gt;</c>.</summary>
    public static string Of(Type type) => Write(type, new Queue<string?>());

    /// <summary>The type of a parameter, property or field, with the names of its tuple elements.</summary>
    public static string Of(Type type, ICustomAttributeProvider place) => Write(type, TupleNames(place));

    private static Queue<string?> TupleNames(ICustomAttributeProvider place)
    {
        var attribute = place.GetCustomAttributes(typeof(TupleElementNamesAttribute), inherit: false).Cast<TupleElementNamesAttribute>().FirstOrDefault();
        return new Queue<string?>(attribute?.TransformNames ?? []);
    }

    private static string Write(Type type, Queue<string?> names)
    {
        if (s_words.TryGetValue(type, out var word))
        {
            return word;
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsByRef)
        {
            return Write(type.GetElementType()!, names);
        }

        if (type.IsArray)
        {
            return $"{Write(type.GetElementType()!, names)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Write(underlying, names)}?";
        }

        return typeof(ITuple).IsAssignableFrom(type) && type.IsValueType && type.IsGenericType ? Tuple(type, names) : Named(type, names);
    }

    // The compiler lists the names of a tuple before those of the tuples inside it.
    private static string Tuple(Type type, Queue<string?> names)
    {
        var elements = type.GetGenericArguments();
        var own = elements.Select(_ => names.TryDequeue(out var name) ? name : null).ToArray();
        return $"({string.Join(", ", elements.Zip(own, (element, name) => name is null ? Write(element, names) : $"{Write(element, names)} {name}"))})";
    }

    // A nested generic type repeats the arguments of the types around it; each name takes those that are its own.
    private static string Named(Type type, Queue<string?> names)
    {
        var arguments = type.GetGenericArguments();
        var around = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments[around..].Select(argument => Write(argument, names)).ToArray();
        var name = own.Length == 0 ? type.Name : $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", own)}>";
        return type.DeclaringType is { } outer ? $"{Write(outer, names)}.{name}" : $"{Folder(type)}{name}";
    }

    // Of the engine's namespaces only what follows the root is told: Modules and the like.
    private static string Folder(Type type) =>
        type.Namespace?.StartsWith($"{Engine.Root}.", StringComparison.Ordinal) == true ? $"{type.Namespace[(Engine.Root.Length + 1)..]}." : "";
}
