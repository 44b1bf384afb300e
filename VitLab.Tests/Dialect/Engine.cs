namespace VitLab.Tests.Dialect;

/// <summary>The engine these tests were built with.</summary>
internal static class Engine
{
    /// <summary>The namespace in which the engine speaks the dialect: VitLab.Torch or TorchSharp.</summary>
    public static string Root { get; } = typeof(torch).Namespace!;

    /// <summary>The engine's types that any code can name.</summary>
    public static IEnumerable<Type> PublicTypes => typeof(torch).Assembly.GetTypes().Where(type => type.IsVisible && Speaks(type));

    /// <summary>Whether a type belongs to the engine's side of the dialect, public or not.</summary>
    public static bool Speaks(Type type) => type.Namespace == Root || type.Namespace?.StartsWith($"{Root}.", StringComparison.Ordinal) == true;
}
