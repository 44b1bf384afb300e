namespace VitLab.Models;

/// <summary>Cuts images (B, C, height, width) into patches and projects each to a token: (B, patches, D). One convolution whose stride is its kernel.</summary>
public sealed class PatchEmbedding : Module<Tensor, Tensor>
{
    private readonly Conv2d proj;

    public PatchEmbedding(VitConfig config)
        : base(nameof(PatchEmbedding))
    {
        proj = Conv2d(config.Channels, config.Dim, kernel_size: config.Patch, stride: config.Patch);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => proj.call(input).flatten(2).transpose(1, 2);   // (B, D, gh, gw) → (B, gh · gw, D)
}
