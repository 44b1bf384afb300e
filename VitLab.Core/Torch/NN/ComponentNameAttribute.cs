namespace VitLab.Torch.Utils
{
    /// <summary>The name a field is registered under, when it is not the field's own.</summary>
    [AttributeUsage(AttributeTargets.Field)]
    public sealed class ComponentNameAttribute : Attribute
    {
        public string? Name { get; set; }
    }
}
