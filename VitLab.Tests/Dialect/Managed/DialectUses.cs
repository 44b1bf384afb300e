using System.Reflection;

namespace VitLab.Tests.Dialect.Managed;

/// <summary>What compiled code names of the engine, and in which file. Constants and enum values are not seen: the compiler leaves only numbers.</summary>
internal static class DialectUses
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The uses that the table does not allow: "VitLab.Core/Models/Mlp.cs names torch.Tensor.Core".</summary>
    public static IEnumerable<string> Strays(DialectTable table, Assembly assembly, IEnumerable<Type> types)
    {
        using var files = new SourceFiles(assembly);
        return
        [
            .. (from type in types
                from use in Uses(type, files)
                from member in Named(use.Member)
                where !IsAllowed(table, member)
                select $"{use.File} names {Describe(member)}").Distinct(),
        ];
    }

    /// <summary>Kernels stay behind the engine, for nobody else to name.</summary>
    public static bool IsKernel(Type type) => type.Namespace?.StartsWith("VitLab.Kernels", StringComparison.Ordinal) == true;

    private static IEnumerable<(string File, MemberInfo Member)> Uses(Type type, SourceFiles files)
    {
        var file = files.Of(type);
        var shape = type.GetFields(Declared).Select(field => field.FieldType).Concat(type.GetInterfaces()).Append(type.BaseType ?? typeof(object))
            .Concat(type.CustomAttributes.Concat(type.GetMembers(Declared).SelectMany(member => member.CustomAttributes)).Select(attribute => attribute.AttributeType))
            .Select(named => (file, (MemberInfo)named));
        return shape.Concat(
            from method in SourceFiles.AllMethods(type)
            let source = files.Of(method)
            from member in Signature(method).Concat(MethodTokens.Of(method))
            select (source, member));
    }

    private static IEnumerable<MemberInfo> Signature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append(method is MethodInfo { ReturnType: var result } ? result : typeof(void));

    // A member names its type, a type its arguments and elements; what matters of each is its definition.
    private static IEnumerable<MemberInfo> Named(MemberInfo member) => member switch
    {
        Type { HasElementType: true } type => Named(type.GetElementType()!),
        Type { IsGenericParameter: true } => [],
        Type { IsConstructedGenericType: true } type => type.GetGenericArguments().SelectMany(Named).Append(type.GetGenericTypeDefinition()),
        Type type => [type],
        MethodInfo { IsGenericMethod: true } method => method.GetGenericArguments().SelectMany(Named).Concat(Named(method.DeclaringType!)).Append(Definition(method)),
        _ => member.DeclaringType is { } type ? Named(type).Append(Definition(member)) : [],
    };

    private static MemberInfo Definition(MemberInfo member) => member.Module.ResolveMember(member.MetadataToken)!;

    private static bool IsAllowed(DialectTable table, MemberInfo member) => member switch
    {
        Type type => !IsKernel(type) && (!Engine.Speaks(type) || table.Allows(type)),
        _ when !Engine.Speaks(member.DeclaringType!) || IsObjects(member) || !table.Allows(member.DeclaringType!) => true,   // the last: the type alone is named
        MethodBase method => MemberSpelling.IsVisible(method) && table.Allows(Declaration(method)),
        _ => table.Allows(member),
    };

    private static bool IsObjects(MemberInfo member) => member is MethodInfo method && method.GetBaseDefinition().DeclaringType == typeof(object);

    // get_shape is the property shape.
    private static MemberInfo Declaration(MethodBase method) =>
        method is { IsSpecialName: true, IsConstructor: false }
            ? method.DeclaringType!.GetProperties(Declared).FirstOrDefault(property => property.GetAccessors(nonPublic: true).Contains(method)) ?? (MemberInfo)method
            : method;

    private static string Describe(MemberInfo member) => member switch
    {
        Type type => $"the type {(Engine.Speaks(type) ? TypeSpelling.Of(type) : type.FullName)}",
        MethodBase method when Declaration(method) is PropertyInfo property => $"{TypeSpelling.Of(member.DeclaringType!)}.{property.Name}",
        _ when MemberSpelling.IsVisible(member) => $"{TypeSpelling.Of(member.DeclaringType!)}: {MemberSpelling.Of(member)}",
        _ => $"{TypeSpelling.Of(member.DeclaringType!)}.{member.Name}",
    };
}
