namespace VitLab.Web.Cli;

/// <summary>What is going on, on one line that rewrites itself; silent when nobody watches.</summary>
internal sealed class ActivityLine(CliConsole console) : IDisposable
{
    private readonly Lock _gate = new();
    private int _width;

    public void Show(string activity)
    {
        if (!console.IsTerminal) return;
        lock (_gate)
        {
            console.Error.Write("\r" + activity.PadRight(_width));
            _width = Math.Max(_width, activity.Length);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_width > 0) console.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
