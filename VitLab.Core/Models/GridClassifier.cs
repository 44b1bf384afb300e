namespace VitLab.Models;

/// <summary>Reads every cell of a grid at once: a <see cref="VisionTransformer"/> on the whole picture and a linear head per cell.</summary>
public sealed class GridClassifier : Module<Tensor, Tensor>
{
    private readonly VisionTransformer backbone;
    private readonly ModuleList<Linear> heads;

    /// <exception cref="ArgumentException">When cells cut through patches and the patches of a cell are to be averaged.</exception>
    public GridClassifier(GridClassifierConfig config)
        : base(nameof(GridClassifier))
    {
        var vit = config.Backbone;
        if (config.Pooling == GridPooling.Region && (vit.GridHeight % config.Rows != 0 || vit.GridWidth % config.Columns != 0))
        {
            throw new ArgumentException($"config: {config.Rows} × {config.Columns} cells need a patch grid of multiples of that, got {vit.GridHeight} × {vit.GridWidth}.", nameof(config));
        }

        Config = config;
        backbone = new VisionTransformer(vit);
        heads = new ModuleList<Linear>([.. Enumerable.Range(0, config.Cells).Select(_ => Linear(vit.Dim, config.Classes))]);
        RegisterComponents();
        Initialization.Apply(heads);
    }

    public GridClassifierConfig Config { get; }

    public VisionTransformer Backbone => backbone;

    /// <summary>Logits (B, cells, classes) of images (B, C, height, width), cells row by row.</summary>
    public override Tensor forward(Tensor input)
    {
        var tokens = backbone.forward_features(input);                                              // (B, N, D)
        var cells = Config.Pooling == GridPooling.Query ? tokens : MeanOfCells(tokens);             // (B, cells, D); queries are the first tokens
        return torch.stack(heads.Select((head, cell) => head.call(cells.select(1, cell))), dim: 1); // (B, cells, classes)
    }

    private Tensor MeanOfCells(Tensor patches)
    {
        var (rows, columns) = (Config.Rows, Config.Columns);
        var (height, width) = (backbone.Config.GridHeight / rows, backbone.Config.GridWidth / columns);
        return patches.view(-1, rows, height, columns, width, backbone.Config.Dim).mean([2, 4]).flatten(1, 2);
    }
}
