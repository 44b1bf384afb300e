using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace VitLab.Tests.Bunit;

/// <summary>
/// bUnit is built against a newer AngleSharp.Diffing than the one the project file holds; the loader refuses the older version
/// unless it is handed over here. Nothing bUnit calls differs between the two.
/// </summary>
internal static class AssemblyResolving
{
    private const string Library = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Library ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Library}.dll")) : null;
}
