namespace VitLab.Training;

/// <summary>Scales all gradients together so that their norm is at most a given one.</summary>
internal static class GradientClip
{
    /// <param name="most">Infinity only measures.</param>
    /// <returns>The norm before, one number on the parameters' device.</returns>
    public static Tensor Apply(Parameter[] parameters, double most) =>
        parameters[0].device.type == DeviceType.CPU ? torch.tensor((float)nn.utils.clip_grad_norm_(parameters, most)) : OnDevice(parameters, most);

    // clip_grad_norm_ hands the norm to the host, which on a GPU would wait for the whole step. Here it stays where it is.
    internal static Tensor OnDevice(Parameter[] parameters, double most)
    {
        using var noGrad = torch.no_grad();
        List<Tensor> gradients = [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>()];
        var norm = torch.stack(gradients.Select(gradient => gradient.norm())).norm();
        if (double.IsFinite(most))
        {
            var factor = (most / (norm + 1e-6)).clamp_max(1);
            foreach (var gradient in gradients)
            {
                gradient.mul_(factor);
            }
        }

        return norm;
    }
}
