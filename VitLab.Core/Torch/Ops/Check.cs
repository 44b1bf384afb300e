namespace VitLab.Torch.Ops
{
    /// <summary>Checks that many ops share.</summary>
    internal static class Check
    {
        /// <summary>All operands are Float32.</summary>
        public static void Float(string op, params ReadOnlySpan<torch.Tensor?> operands)
        {
            foreach (var operand in operands)
                if (operand is not null && operand.dtype != torch.ScalarType.Float32)
                    throw new InvalidOperationException($"{op}: expected scalar type Float32 but found {operand.dtype} in a tensor of shape {operand.Core.Shape}");
        }

        /// <summary>The operand holds indices.</summary>
        public static void Index(string op, torch.Tensor operand)
        {
            if (operand.dtype != torch.ScalarType.Int64)
                throw new InvalidOperationException($"{op}: expected scalar type Int64 for indices but found {operand.dtype} in a tensor of shape {operand.Core.Shape}");
        }
    }
}
